;;; -*- lexical-binding: t -*-
;; Opens a policy in a real Emacs with Eglot or lsp-mode (CLIENT), configured as docs/editors.md says, and writes what it
;; got as JSON.
(package-initialize)
(require 'json)
(require 'seq)
;; The mode of Emacs 29; the one before is of no other use here.
(unless (fboundp 'js-json-mode) (define-derived-mode js-json-mode js-mode "JSON"))

(defconst client (getenv "CLIENT"))
(defconst policy (getenv "POLICY"))

(defun wait-for (what)
  "Wait until the function WHAT returns something, and return it."
  (let ((end (time-add nil 20)) found)
    (while (and (not (setq found (funcall what))) (time-less-p nil end))
      (accept-process-output nil 0.02))
    (or found (error "Nothing came for 20 seconds"))))

(defun answer (&rest members)
  (with-temp-file (getenv "ANSWER") (insert (json-encode members))))

(defun first-fix (actions title)
  (seq-find (lambda (each) (string-prefix-p "Change to" (funcall title each))) actions))

(defun text-of (buffer) (with-current-buffer buffer (buffer-substring-no-properties (point-min) (point-max))))

(defun with-lsp-mode ()
  (require 'lsp-mode)
  (setq lsp-auto-guess-root t lsp-session-file (concat (getenv "ANSWER") ".session") lsp-enable-suggest-server-download nil
        ;; Nothing is ever idle in batch mode.
        lsp-debounce-full-sync-notifications nil)
  (load (getenv "CONFIGURATION") nil t)
  (remove-hook 'kms-lens-mode-hook #'lsp-deferred)
  (find-file policy)
  (lsp-workspace-folders-add (file-name-directory policy))
  (lsp)
  (let* ((found (lambda () (gethash policy (lsp-diagnostics))))
         (rules (lambda () (vconcat (mapcar (lambda (each) (lsp:diagnostic-code? each)) (funcall found)))))
         (before (progn (wait-for found) (funcall rules)))
         (hover (progn (goto-char (point-min))
                       (search-forward "2012-10")
                       (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
         (fix (first-fix (lsp-code-actions-at-point) (lambda (each) (lsp:code-action-title each))))
         (lens (aref (vconcat (lsp-request "textDocument/codeLens"
                                           `(:textDocument ,(lsp--text-document-identifier))))
                     0))
         (command (lsp:code-lens-command? lens))
         (simulated (lsp-request "workspace/executeCommand"
                                 (list :command (lsp:command-command command)
                                       :arguments (lsp:command-arguments? command)))))
    (lsp-execute-code-action fix)
    (wait-for (lambda () (< (length (funcall rules)) (length before))))
    (answer :rules before :hover (lsp-get (lsp-get hover :contents) :value) :fix (lsp:code-action-title fix)
            :lens (lsp:command-title command) :verdict (lsp-get simulated :summary)
            :text (text-of (current-buffer)) :left (funcall rules))))

(defun with-eglot ()
  (require 'eglot)
  (require 'flymake)
  (load (getenv "CONFIGURATION") nil t)
  (remove-hook 'kms-lens-mode-hook #'eglot-ensure)
  (find-file policy)
  (apply #'eglot--connect (eglot--guess-contact))
  (let* ((server (eglot-current-server))
         (rules (lambda ()
                  (flymake-start)
                  (vconcat (mapcar (lambda (each)
                                     (let ((text (flymake-diagnostic-text each)))
                                       (string-match "\\[\\([a-z-]+\\)\\]" text)
                                       (match-string 1 text)))
                                   (flymake-diagnostics)))))
         (before (wait-for (lambda () (let ((now (funcall rules))) (and (> (length now) 0) now)))))
         (hover (progn (goto-char (point-min))
                       (search-forward "2012-10")
                       (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams))))
         (actions (eglot-code-actions (point) (point) nil nil))
         (fix (first-fix actions (lambda (each) (plist-get each :title))))
         (lens (seq-find (lambda (each) (string-prefix-p "Simulate" (plist-get each :title))) actions))
         (command (plist-get lens :command))
         (command (if (stringp command) lens command))
         (simulated (jsonrpc-request server :workspace/executeCommand
                                     (list :command (plist-get command :command)
                                           :arguments (plist-get command :arguments)))))
    (eglot--apply-workspace-edit (plist-get fix :edit))
    (wait-for (lambda () (eglot--signal-textDocument/didChange) (< (length (funcall rules)) (length before))))
    (answer :rules before :hover (plist-get (plist-get hover :contents) :value) :fix (plist-get fix :title)
            :lens (plist-get lens :title) :verdict (plist-get simulated :summary)
            :text (text-of (current-buffer)) :left (funcall rules))))

(if (equal client "eglot") (with-eglot) (with-lsp-mode))
(kill-emacs 0)
