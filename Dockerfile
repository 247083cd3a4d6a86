# docker build -t twicetold . && docker run --rm -v "$PWD:/work" twicetold check .
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /build
COPY . .
RUN cargo install --locked --path . --root /out

FROM alpine:3
# --since, --staged and REV:PATH ask git, which refuses the folders of others unless it is told that they are welcome.
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /out/bin/twicetold /usr/local/bin/twicetold
WORKDIR /work
ENTRYPOINT ["twicetold"]
