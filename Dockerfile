# One image for the gateway, the subgraphs and the migrations; the command says which.
FROM node:22-bookworm AS build
WORKDIR /hub
COPY package.json package-lock.json ./
# The one package that may run a script on installing; it brings or builds the embedded database.
RUN npm ci --ignore-scripts && npm rebuild better-sqlite3
COPY . .
# Bundles the dashboard and the query page, which need packages that the service does not.
RUN npm run prepare && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIRECTORY=/var/lib/hub
WORKDIR /hub
RUN install --directory --owner=node --group=node /var/lib/hub
COPY --from=build /hub ./
USER node
EXPOSE 4000-4004
# Of the gateway; the compose file has the subgraphs' own.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "deploy/answers.mjs", "http://127.0.0.1:4000/health/live"]
CMD ["node", "--max-semi-space-size=64", "--max-old-space-size=1024", "--require", "tsx/cjs", "gateway/server.ts"]
