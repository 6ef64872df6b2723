-- What a renderer needs that shows us one chapter at a time (Quarto's site): the index of the whole
-- book, made by an earlier run of this filter, says where the chapter stands in it.
local bindings = require("bindings")
local M = {}

--- The index that the metadata points to, or nil when the whole book is at hand.
function M.known(meta)
  local path = bindings.setting(meta, "evalrapport-index-in")
  local text = path and bindings.read(path)
  return text and pandoc.json.decode(text, false) or nil
end

local function file_name()
  local input = quarto and quarto.doc and quarto.doc.input_file or ""
  return pandoc.path.filename(input)
end

--- The entry of the chapter that the input file holds, if it is one chapter's file.
function M.chapter(known)
  for _, chapter in ipairs(known and known.chapters or {}) do
    if chapter.level == 1 and chapter.file == file_name() then
      return chapter
    end
  end
end

--- The short name that the ids of the chapter's paragraphs carry.
function M.slug(chapter)
  return chapter and chapter.id:gsub("^sec%-", "") or "forside"
end

-- Quarto has taken the chapter's heading for the page's title; the number goes there.
local function number_title(meta, chapter)
  if chapter and chapter.number and meta.title and FORMAT:match("html") then
    local title = pandoc.Inlines({ pandoc.Span(chapter.number, pandoc.Attr("", { "nummer" })), pandoc.Space() })
    title:extend(meta.title)
    meta.title = title
  end
end

local function has_references(doc)
  local found = false
  doc:walk({ Div = function(div) found = found or div.identifier == "refs" end })
  return found
end

-- All works cited anywhere, so that 2012a and 2012b are told apart alike in every chapter.
local function cite_all(doc, known)
  local all = pandoc.Inlines({})
  for _, key in ipairs(known.cited or {}) do
    all:insert(pandoc.Cite({ pandoc.Str("@" .. key) }, { pandoc.Citation(key, "AuthorInText") }))
  end
  doc.meta.nocite = pandoc.MetaInlines(all)
end

--- The chapter made ready: numbered title, and citations as in the whole book.
function M.prepare(doc, known, chapter)
  number_title(doc.meta, chapter)
  M.list_elsewhere = not has_references(doc)
  cite_all(doc, known)
  return doc
end

--- The chapter without a reference list of its own, when the book has it in another file.
function M.without_list(doc)
  if not M.list_elsewhere then
    return doc
  end
  return doc:walk({ Div = function(div)
    if div.identifier == "refs" then return {} end
  end })
end

--- Every work that a document cites, in order of its key.
function M.cited(doc)
  local seen, keys = {}, {}
  doc:walk({ Cite = function(cite)
    for _, citation in ipairs(cite.citations) do
      if not seen[citation.id] then
        seen[citation.id] = true
        table.insert(keys, citation.id)
      end
    end
  end })
  table.sort(keys)
  return keys
end

return M
