/** `WINDOWS_SERVER_2022_CORE`, `windows` and their like are Windows; ECS runs nothing else but Linux. */
export function systemOf(family: string | undefined): 'linux' | 'windows' {
  return family?.toUpperCase().startsWith('WINDOWS') ? 'windows' : 'linux';
}
