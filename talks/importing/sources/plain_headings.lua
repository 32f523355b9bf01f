-- Org writes tasks, priorities and tags into headings ("TODO [#A] Moss :green:"): only their words are kept.
local MARKS = { tag = true, todo = true, done = true }

local function is_mark(inline)
  if inline.t == "Str" then
    return inline.text:match("^%[#%w%]$") ~= nil
  end
  return inline.t == "Span" and inline.classes:find_if(function(class) return MARKS[class] end) ~= nil
end

local function is_space(inline)
  return inline == nil or inline.t == "Space" or (inline.t == "Str" and inline.text == "\u{a0}")
end

function Header(header)
  local kept = pandoc.Inlines({})
  for _, inline in ipairs(header.content) do
    if not is_mark(inline) and not (is_space(inline) and is_space(kept[#kept])) then
      kept:insert(inline)
    end
  end
  while #kept > 0 and is_space(kept[#kept]) do
    kept:remove()
  end
  header.content = kept
  return header
end
