-- Org keeps title, writer and date in lines above the text: they become plain front matter, dates without brackets.
function Meta(meta)
  local kept = {}
  for _, key in ipairs({ "title", "author", "date" }) do
    local text = meta[key] and pandoc.utils.stringify(meta[key]):gsub("^[<%[](.-)[>%]]$", "%1")
    if text and text ~= "" then
      kept[key] = pandoc.MetaInlines({ pandoc.RawInline("markdown", text) })
    end
  end
  return kept
end
