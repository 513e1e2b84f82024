/**
 * The questions that only a person can answer, as an interface: dialogs in the editor, a script in tests. Whoever answers may
 * remember secrets; nothing in this room keeps or logs one.
 */
export interface Asker {
  /** The password of a user on a host. `attempt` counts from 1: what was remembered has failed when it is above 1. */
  password(question: LoginQuestion): Promise<string | undefined>;
  /** The passphrase of a private key. */
  passphrase(question: { readonly file: string; readonly attempt: number }): Promise<string | undefined>;
  /** What the server asks in its own words (keyboard-interactive: one-time codes, PAM). One answer a prompt. */
  answers(question: LoginQuestion & Prompts): Promise<readonly string[] | undefined>;
  /** Whether a host that was never seen is the right one. True: trust it and remember its key. */
  newHost(question: NewHostQuestion): Promise<boolean>;
  /** The password for sudo on the device, with what it is needed for in words. */
  sudo(question: LoginQuestion & { readonly why: string }): Promise<string | undefined>;
}

export interface LoginQuestion {
  /** The device as the person named it. */
  readonly device: string;
  readonly user: string;
  readonly host: string;
  /** From 1. */
  readonly attempt: number;
}

export interface Prompts {
  readonly title: string;
  readonly instructions: string;
  readonly prompts: readonly {
    readonly text: string /** False: a secret, not to be shown. */;
    readonly echo: boolean;
  }[];
}

export interface NewHostQuestion {
  readonly device: string;
  readonly host: string;
  readonly port: number;
  /** `ssh-ed25519`, as in known_hosts. */
  readonly keyType: string;
  /** `SHA256:…`, as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string;
  /** Key types that are known for this host already, when it comes with another one. */
  readonly knownTypes: readonly string[];
}

/** Answers nothing: for uses that must not disturb anybody. */
export const silentAsker: Asker = {
  password: async () => undefined,
  passphrase: async () => undefined,
  answers: async () => undefined,
  newHost: async () => false,
  sudo: async () => undefined,
};
