# The image of the function: `kustomize build --enable-alpha-plugins` and `kpt fn render` start it with a ResourceList
# on standard input. It needs no network, writes no file and runs as nobody.

# Any image with Node 20 or newer, /usr/bin/env and, for kustomize and kpt, a user called nobody; npm to build.
ARG NODE_IMAGE=docker.io/library/node:24.21.0-alpine

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# There is no repository in here that would say it.
ARG COMMIT=
RUN TIDB_GROUPS_COMMIT="$COMMIT" npm run build

FROM ${NODE_IMAGE}
ARG COMMIT=
ARG CREATED=
ARG VERSION=
ARG REPOSITORY=example/tidb-groups
# The last of these are for Artifact Hub, which lists an image that has them, and when it was created.
LABEL org.opencontainers.image.title="tidb-groups" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$COMMIT" \
      org.opencontainers.image.description="Expands groups of a TidbCluster (TiKVGroup, TiDBGroup and more) into plain Kubernetes workloads" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.created="$CREATED" \
      org.opencontainers.image.source="https://github.com/$REPOSITORY" \
      org.opencontainers.image.documentation="https://github.com/$REPOSITORY/tree/main/docs" \
      io.artifacthub.package.readme-url="https://raw.githubusercontent.com/$REPOSITORY/${COMMIT:-main}/functions/expand-tidb-groups/README.md" \
      io.artifacthub.package.license="Apache-2.0" \
      io.artifacthub.package.keywords="tidb,tikv,krm-function,kustomize,kpt,gitops"
# With its code cache, which works because both stages have the same Node.
COPY --from=build /build/dist/tidb-groups /build/dist/tidb-groups.cache /usr/local/bin/
# nobody, as a number: Kubernetes can tell that it is not root.
USER 65534:65534
WORKDIR /
ENTRYPOINT ["/usr/local/bin/tidb-groups"]
