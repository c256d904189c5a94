/** A wall may be opened for one line by someone who says why: `eslint-disable-next-line rule -- reason`. */
export const directiveReason = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'Say why: `// {{directive}} <rule> -- <reason>`; name the rule.' },
  },
  create(context) {
    const complete = /^\s*(eslint-disable(?:-next-line|-line)?)\s+\S[^]*?\s--\s+\S/;
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const directive = /^\s*(eslint-disable(?:-next-line|-line)?)\b/.exec(comment.value)?.[1];
          if (directive && !complete.test(comment.value)) {
            context.report({ loc: comment.loc, messageId: 'missing', data: { directive } });
          }
        }
      },
    };
  },
};
