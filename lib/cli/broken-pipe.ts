/** As a shell tells of a program that SIGPIPE (13) ended: https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html */
const BROKEN_PIPE = 128 + 13;

/** Who reads the output may stop when enough is seen (`| head`): then the program ends too, and says nothing of it. */
export function endWithReader(output: NodeJS.WriteStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(BROKEN_PIPE);
  });
}
