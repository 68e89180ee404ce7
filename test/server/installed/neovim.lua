-- Opens a policy in a real Neovim, and writes what it got as JSON. With the configuration of docs/editors.md where that
-- version has `vim.lsp.config`, else as its predecessors start a server.
local policy, docs, answer = vim.env.POLICY, vim.env.CONFIGURATION, vim.env.ANSWER
if vim.lsp.config then dofile(docs) end
vim.cmd('edit ' .. vim.fn.fnameescape(policy))
local buffer = vim.api.nvim_get_current_buf()
if not vim.lsp.config then
  local id = vim.lsp.start_client({
    name = 'kms-lens',
    cmd = { 'kms-lens', 'lsp', '--stdio' },
    root_dir = vim.fn.fnamemodify(policy, ':h'),
  })
  vim.lsp.buf_attach_client(buffer, id)
end

local found = function() return vim.diagnostic.get(buffer) end
vim.wait(20000, function() return #found() > 0 end, 20)
local rules = vim.tbl_map(function(each) return each.code end, found())

local document = { uri = vim.uri_from_bufnr(buffer) }
local first = { line = found()[1].lnum, character = found()[1].col + 2 }
local ask = function(method, params)
  local answers, failed = vim.lsp.buf_request_sync(buffer, method, params, 20000)
  for _, each in pairs(answers or {}) do return each.result or error(vim.inspect(each)) end
  error(method .. ': ' .. (failed or 'no client'))
end
local hover = ask('textDocument/hover', { textDocument = document, position = first }).contents.value
local actions = ask('textDocument/codeAction', {
  textDocument = document,
  range = { start = first, ['end'] = first },
  context = { diagnostics = {} },
})
local lens = ask('textDocument/codeLens', { textDocument = document })[1]
local simulated = ask('workspace/executeCommand', lens.command)

vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
local before = #rules
vim.wait(20000, function() return #found() < before end, 20)
local left = vim.tbl_map(function(each) return each.code end, found())

local file = assert(io.open(answer, 'w'))
file:write(vim.fn.json_encode({
  rules = rules,
  hover = hover,
  fix = actions[1].title,
  lens = lens.command.title,
  verdict = simulated.summary,
  text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n'),
  left = left,
}))
file:close()
vim.cmd('qa!')
