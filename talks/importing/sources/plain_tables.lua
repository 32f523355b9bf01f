-- A cell of Markdown is one line, and pandoc writes "[TABLE]" for a table with other cells. So a cell's paragraphs and
-- line breaks are joined. A table with lists or headings in its cells lays out a page: what it holds stands without it.

local function is_text(blocks)
  for _, block in ipairs(blocks) do
    local plain = block.t == "Plain" or block.t == "Para" or (block.t == "Div" and is_text(block.content))
    if not plain then return false end
  end
  return true
end

local function join(blocks)
  local line = pandoc.utils.blocks_to_inlines(blocks, { pandoc.Space() })
  local space = { LineBreak = function() return pandoc.Space() end }
  return pandoc.Plain(pandoc.walk_block(pandoc.Plain(line), space).content)
end

function Table(whole)
  local simple, loose, all_text = pandoc.utils.to_simple_table(whole), {}, true
  if #simple.caption > 0 then table.insert(loose, pandoc.Para(simple.caption)) end

  local function read(row)
    local cells = {}
    for _, cell in ipairs(row) do
      all_text = all_text and is_text(cell)
      for _, block in ipairs(cell) do
        table.insert(loose, block.t == "Plain" and pandoc.Para(block.content) or block)
      end
      table.insert(cells, { join(cell) })
    end
    return cells
  end

  simple.headers = read(simple.headers)
  local rows = {}
  for _, row in ipairs(simple.rows) do table.insert(rows, read(row)) end
  simple.rows = rows
  return all_text and pandoc.utils.from_simple_table(simple) or loose
end
