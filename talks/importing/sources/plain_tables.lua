-- A cell of Markdown is one line, and pandoc writes "[TABLE]" for a table with other cells. So a cell's paragraphs and
-- line breaks are joined. A table with lists or headings in its cells lays out a page: what it holds stands without it.

local joined_lines = { LineBreak = function() return pandoc.Space() end }

local function is_text(blocks)
  for _, block in ipairs(blocks) do
    local plain = block.t == "Plain" or block.t == "Para" or (block.t == "Div" and is_text(block.content))
    if not plain then return false end
  end
  return true
end

local function take_apart(simple)
  local parts = {}
  if #simple.caption > 0 then table.insert(parts, pandoc.Para(simple.caption)) end
  for _, row in ipairs({ simple.headers, table.unpack(simple.rows) }) do
    for _, cell in ipairs(row) do
      for _, block in ipairs(cell) do
        table.insert(parts, block.t == "Plain" and pandoc.Para(block.content) or block)
      end
    end
  end
  return parts
end

-- Returns the cells of a row as lines, or nothing if one of them is no text.
local function join(row)
  local cells = {}
  for _, cell in ipairs(row) do
    if not is_text(cell) then return nil end
    local many = #cell > 1 or (#cell == 1 and cell[1].t ~= "Plain")
    table.insert(cells, many and { pandoc.Plain(pandoc.utils.blocks_to_inlines(cell, { pandoc.Space() })) } or cell)
  end
  return cells
end

function Table(whole)
  local simple, all = pandoc.utils.to_simple_table(pandoc.walk_block(whole, joined_lines)), {}
  for _, row in ipairs({ simple.headers, table.unpack(simple.rows) }) do
    local cells = join(row)
    if not cells then return take_apart(pandoc.utils.to_simple_table(whole)) end
    table.insert(all, cells)
  end
  simple.headers, simple.rows = all[1], { table.unpack(all, 2) }
  return pandoc.utils.from_simple_table(simple)
end
