import { QuickInputButtons, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Answer, Choice, Question } from './ask/question.ts';
import { sentenceAsPlainText } from './markdown.ts';

/** Puts a question to a person with VS Code's quick pick. Escape cancels; the arrow in the title goes back. */
export function askWithQuickPick<T>(question: Question<T>): Promise<Answer<T>> {
  const pick = window.createQuickPick<Item<T>>();
  pick.title = question.title;
  pick.step = question.step;
  pick.totalSteps = question.totalSteps;
  pick.placeholder = sentenceAsPlainText(question.placeholder);
  pick.matchOnDescription = true;
  pick.buttons = question.canGoBack ? [QuickInputButtons.Back] : [];
  // An ARN is often fetched from another window; losing the focus must not lose the answers.
  pick.ignoreFocusOut = true;
  const show = () => {
    pick.items = question.choices(pick.value).map(toItem);
  };
  show();
  return new Promise((resolve) => {
    const settle = (answer: Answer<T>) => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidChangeValue(show);
    pick.onDidTriggerButton(() => settle({ kind: 'back' }));
    pick.onDidHide(() => settle({ kind: 'cancelled' }));
    pick.onDidAccept(() => {
      const choice = pick.activeItems[0]?.choice;
      if (choice?.kind === 'pick') settle({ kind: 'picked', value: choice.value });
      if (choice?.kind === 'fill') {
        pick.value = choice.text;
        show();
      }
    });
    pick.show();
  });
}

interface Item<T> extends QuickPickItem {
  readonly choice: Choice<T>;
}

function toItem<T>(choice: Choice<T>): Item<T> {
  switch (choice.kind) {
    case 'separator':
      return { label: choice.label, kind: QuickPickItemKind.Separator, choice };
    case 'problem':
      return { label: `$(warning) ${sentenceAsPlainText(choice.label)}`, alwaysShow: true, choice };
    case 'fill':
      return { label: choice.label, description: choice.description, choice };
    case 'pick':
      return {
        label: choice.label,
        alwaysShow: choice.fromTyping === true,
        ...(choice.description === undefined ? {} : { description: sentenceAsPlainText(choice.description) }),
        ...(choice.detail === undefined ? {} : { detail: sentenceAsPlainText(choice.detail) }),
        choice,
      };
  }
}
