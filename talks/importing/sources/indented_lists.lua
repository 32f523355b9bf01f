-- reStructuredText takes a list that is indented like no item above it for a quotation: what holds lists alone is none.
function BlockQuote(quote)
  for _, block in ipairs(quote.content) do
    if block.t ~= "BulletList" and block.t ~= "OrderedList" then
      return nil
    end
  end
  return quote.content
end
