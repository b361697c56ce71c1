/** A resource with the line that a message says to write, as an editor would put it in. */
export function confirmed(resource: string, said: string): string {
  const [, line = ''] = /write `(groups\.pingcap\.com\/confirm: "[^`]*")`/.exec(said) ?? [];
  if (line === '') throw new Error(`no line to write in: ${said}`);
  const at = resource.includes('\n  annotations:\n') ? '  annotations:\n' : 'metadata:\n';
  const head = at === 'metadata:\n' ? `${at}  annotations:\n` : at;
  return resource.replace(at, `${head}    ${line}\n`);
}
