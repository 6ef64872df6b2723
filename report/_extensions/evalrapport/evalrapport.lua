-- The one filter of evalrapport: values, claims, tables, figures, numbers and cross-references.
--
-- Works under Pandoc alone and under Quarto (as a pre-ast filter). Metadata it reads:
--   evalrapport-bindings   path of bindings.json       evalrapport-exhibits  folder of exhibits
--   evalrapport-index-in   path of an index made by an earlier run (a chapter rendered alone)
--   evalrapport-index-out  path to write the index to
local folder = pandoc.path.directory(debug.getinfo(1, "S").source:gsub("^@", ""))
package.path = pandoc.path.join({ folder, "lua", "?.lua" }) .. ";" .. package.path

local bindings = require("bindings")
local claims = require("claims")
local shortcode = require("shortcode")
local numbering = require("numbering")
local references = require("references")
local exhibits = require("exhibits")
local paragraphs = require("paragraphs")
local styles = require("styles")
local one_chapter = require("one_chapter")

local function write_index(doc)
  local path = bindings.setting(doc.meta, "evalrapport-index-out")
  if not path then
    return
  end
  local file = assert(io.open(path, "wb"))
  file:write(pandoc.json.encode({ index = numbering.index, chapters = numbering.chapters,
    paragraphs = paragraphs.index, dropped = claims.dropped, cited = one_chapter.cited(doc) }))
  file:close()
end

-- Numbers and references, from the document itself or from the index of the whole book.
local function numbered(doc, known, chapter)
  if not known then
    return numbering.apply(doc)
  end
  claims.dropped = known.dropped
  return one_chapter.prepare(numbering.look_up(doc, known, one_chapter.slug(chapter)), known, chapter)
end

function Pandoc(doc)
  bindings.load(doc.meta)
  local known = one_chapter.known(doc.meta)
  local chapter = one_chapter.chapter(known)
  doc = claims.apply(doc)
  doc = styles.quotes(shortcode.apply(doc))
  doc = exhibits.leave_out_absent(doc)
  doc = numbered(doc, known, chapter)
  doc = references.apply(doc)
  doc = exhibits.apply(styles.bring_together(doc))
  doc = paragraphs.apply(doc, one_chapter.slug(chapter))
  doc = styles.apply(doc)
  doc = exhibits.wait_at_headings(numbering.print_numbers(doc))
  bindings.stop_on_faults()
  write_index(doc)
  return styles.references(one_chapter.without_list(pandoc.utils.citeproc(doc)))
end
