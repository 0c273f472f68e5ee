// Starts `connector-builder lsp`, and carries out the commands of its code lenses in a terminal.

import { commands, ExtensionContext, Terminal, window, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** Runs the program in a terminal: without a shell, so that no name in a spec is ever read by one. */
function run(args: string[]): Terminal {
  const terminal = window.createTerminal({ name: `connector-builder ${args[0]}`, shellPath: program(), shellArgs: args });
  terminal.show();
  return terminal;
}

function program(): string {
  return workspace.getConfiguration("connector-builder").get<string>("command") || "connector-builder";
}

export async function activate(context: ExtensionContext): Promise<void> {
  const server: ServerOptions = { command: program(), args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "yaml" },
      { scheme: "file", pattern: "**/*.{json,csx}" },
    ],
    initializationOptions: { commands: true },
  };
  context.subscriptions.push(
    commands.registerCommand("connector-builder.preview", (spec: string) => run(["preview", spec])),
    commands.registerCommand("connector-builder.call", (spec: string, operation: string) => run(["call", spec, operation])),
  );
  client = new LanguageClient("connector-builder", "Connector Builder", server, options);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
