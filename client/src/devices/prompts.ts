/** The questions of `remote/asker.ts` as dialogs. What is secret is remembered in the editor's SecretStorage, if wanted, and nowhere else. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Asker, LoginQuestion } from '../remote/asker.ts';

/** An asker that remembers secrets. A remembered one that has failed is forgotten and asked for anew. */
export function editorAsker(secrets: vscode.SecretStorage): Asker {
  const secret = async (key: string, attempt: number, title: string, prompt: string): Promise<string | undefined> => {
    if (attempt > 1) await secrets.delete(key);
    else {
      const kept = await secrets.get(key);
      if (kept !== undefined) return kept;
    }
    const again = attempt > 1 ? 'That was not accepted. ' : '';
    const typed = await vscode.window.showInputBox({
      title,
      prompt: `${again}${prompt} It is kept in the secret storage of the editor.`,
      password: true,
      ignoreFocusOut: true,
    });
    if (typed !== undefined) await secrets.store(key, typed);
    return typed;
  };
  return {
    password: (question) =>
      secret(keyOf('password', question), question.attempt, question.device, `Password of ${at(question)}.`),
    passphrase: ({ file, attempt }) =>
      secret(`passphrase:${file}`, attempt, `Key ${basename(file)}`, `Passphrase of ${file}.`),
    sudo: (question) =>
      secret(
        keyOf('password', question),
        question.attempt,
        `sudo on ${question.device}`,
        `Password of ${at(question)}, ${question.why}.`,
      ),
    async answers({ device, title, instructions, prompts }) {
      const given: string[] = [];
      for (const { text, echo } of prompts) {
        const answer = await vscode.window.showInputBox({
          title: [device, title].filter((part) => part !== '').join(': '),
          prompt: [instructions, text].filter((part) => part.trim() !== '').join(' '),
          password: !echo,
          ignoreFocusOut: true,
        });
        if (answer === undefined) return undefined;
        given.push(answer);
      }
      return given;
    },
    async newHost({ device, host, port, keyType, fingerprint, knownTypes }) {
      const others =
        knownTypes.length > 0 ? ` Until now it had shown a key of another type (${knownTypes.join(', ')}).` : '';
      const trust = 'Trust and Connect';
      const answer = await vscode.window.showWarningMessage(
        `${device} is not known yet. Is this its key?`,
        {
          modal: true,
          detail: `${host}:${port} shows a key of type ${keyType}:\n${fingerprint}\n\nOn the device, ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub prints the same if it is the right one.${others}`,
        },
        trust,
      );
      return answer === trust;
    },
  };
}

/** Forgets the password of a device. */
export async function forgetPassword(secrets: vscode.SecretStorage, of: Whose): Promise<void> {
  await secrets.delete(keyOf('password', of));
}

type Whose = Omit<LoginQuestion, 'attempt'>;

const at = ({ user, host }: Whose): string => `${user}@${host}`;

const keyOf = (kind: string, question: Whose): string => `${kind}:${question.device}:${at(question)}`;
