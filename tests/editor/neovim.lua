-- What someone does in Neovim with the language server. It writes what the editor then has as JSON.
local given = vim.fn.json_decode(vim.env.STEPS)
local patience = 60000 -- milliseconds until a step fails; nothing is measured
local out, buffer = {}, vim.api.nvim_get_current_buf()
local started = { name = "connector-builder", cmd = given.command, root_dir = vim.fn.getcwd() }
local client = (vim.lsp.start or vim.lsp.start_client)(started)
if not vim.lsp.start then -- before version 0.8
  vim.lsp.buf_attach_client(buffer, client)
end

local function lines()
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end

local function wait(what, check)
  if not vim.wait(patience, check, 20) then
    error("waited in vain for " .. what)
  end
end

-- Puts the cursor at some words, or behind so many of their letters.
local function at(words, after)
  for number, line in ipairs(lines()) do
    local column = line:find(words, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 + (after or 0) })
      return vim.lsp.util.make_position_params(0, "utf-16")
    end
  end
  error("no " .. words)
end

local function ask(method, params)
  local answer = assert(vim.lsp.buf_request_sync(buffer, method, params, patience))[client]
  return assert(answer and answer.result, vim.inspect(answer))
end

local done, problem = pcall(function()
  wait("the findings", function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  out.found = vim.tbl_map(function(one)
    return { one.lnum, one.col, one.end_col, one.source, one.message }
  end, vim.diagnostic.get(buffer))

  local params = at("descripton")
  params.range = { start = params.position, ["end"] = params.position }
  params.context = { diagnostics = {}, only = { "quickfix" } }
  local actions = ask("textDocument/codeAction", params)
  out.fixes = vim.tbl_map(function(one)
    return one.title
  end, actions)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")

  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "  Shop: {fields: {best: Or}}" })
  local items = ask("textDocument/completion", at("best: Or", #"best: Or"))
  out.completed = vim.tbl_map(function(one)
    return one.word
  end, vim.lsp.util.text_document_completion_list_to_complete_items(items, "Or"))
  vim.api.nvim_buf_set_lines(buffer, -2, -1, false, { "  Shop: {fields: {best: " .. out.completed[1] .. "}}" })

  at("Order: {")
  vim.lsp.buf.rename("Purchase")
  wait("the new name", function()
    return table.concat(lines()):find("Purchase") ~= nil
  end)
  wait("no more findings", function()
    return #vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR }) == 0
  end)
  out.text = table.concat(lines(), "\n") .. "\n"
end)
out.problem = not done and tostring(problem) or nil
vim.fn.writefile({ vim.fn.json_encode(out) }, given.out)
vim.cmd("qa!")
