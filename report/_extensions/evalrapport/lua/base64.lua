-- Base64, for pictures and data that travel inside the page.
local M = {}
local ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local SIGN = {}
for index = 0, 63 do SIGN[index] = ALPHABET:sub(index + 1, index + 1) end

--- The text's bytes in Base64.
function M.encode(text)
  local out = {}
  for at = 1, #text, 3 do
    local a, b, c = text:byte(at, at + 2)
    local bits = a << 16 | (b or 0) << 8 | (c or 0)
    out[#out + 1] = SIGN[bits >> 18] .. SIGN[bits >> 12 & 63]
      .. (b and SIGN[bits >> 6 & 63] or "=") .. (c and SIGN[bits & 63] or "=")
  end
  return table.concat(out)
end

return M
