-- Writers of HTML often part paragraphs by two line breaks: they become paragraphs, and line breaks at the edges go.
-- Spans say nothing in Markdown, and would hide the line breaks in them.

local function is_gap(inline)
  if inline.t == "Str" then
    return inline.text:gsub("\u{a0}", "") == ""
  end
  return inline.t == "LineBreak" or inline.t == "SoftBreak" or inline.t == "Space"
end

local function split(block)
  local parts, part, gap, breaks = {}, {}, {}, 0
  for _, inline in ipairs(block.content) do
    if is_gap(inline) then
      table.insert(gap, inline)
      breaks = breaks + (inline.t == "LineBreak" and 1 or 0)
    else
      if breaks > 1 and #part > 0 then
        table.insert(parts, pandoc.Para(part))
        part = {}
      elseif #part > 0 then
        for _, between in ipairs(gap) do table.insert(part, between) end
      end
      table.insert(part, inline)
      gap, breaks = {}, 0
    end
  end
  if #parts == 0 then
    block.content = part
    return block
  end
  table.insert(parts, pandoc.Para(part))
  return parts
end

return {
  { Span = function(span) return span.content end },
  { Para = split, Plain = split },
}
