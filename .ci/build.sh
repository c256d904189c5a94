# The bundles that steps run: those of `npm test` if .ci/run has made them, else new ones. Sourced, not run.

[ -n "${BUILT:-}" ] || npm run -s build
