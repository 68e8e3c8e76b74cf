# A gateway: HTTP, SignalR and the wall, a client of the silos.
#
#   docker build -f deploy/container/gateway.Dockerfile -t gridmesh/gateway .
#
# The same file makes the whole product for one machine, on the embedded engine, with its data in the volume /data:
#
#   docker build -f deploy/container/gateway.Dockerfile --build-arg ENGINE=Embedded --build-arg PROJECT=Silo \
#     -t gridmesh/all-in-one .
#
# SDK, NODE and RUNTIME may name a mirror.
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG NODE=node:22-bookworm-slim
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM ${NODE} AS wall
WORKDIR /source/src/Wall
COPY src/Wall/package.json src/Wall/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY src/Wall .
# Vite writes to ../Gateway/wwwroot.
RUN npm run build --silent

FROM ${SDK} AS build
# MSBuild reads Engine from the environment, so restore and publish cannot disagree about it.
ARG ENGINE=Orleans
ARG PROJECT=Gateway
ENV Engine=${ENGINE} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
# Projects before sources: the restored packages stay cached until a project or a version changes.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Contracts/Contracts.csproj src/Contracts/
COPY src/Demo/Demo.csproj src/Demo/
COPY src/Engine/Engine.csproj src/Engine/
COPY src/Exchange/Exchange.csproj src/Exchange/
COPY src/Gateway/Gateway.csproj src/Gateway/
COPY src/Grains/Grains.csproj src/Grains/
COPY src/Silo/Silo.csproj src/Silo/
COPY src/Storage/Storage.csproj src/Storage/
RUN dotnet restore src/${PROJECT} -p:Wall=false
COPY src src
# The wall was built by Node.js above. Wall=false keeps MSBuild from building it again; what lies in wwwroot is carried
# along all the same, and an image without it is refused here.
COPY --from=wall /source/src/Gateway/wwwroot src/Gateway/wwwroot
RUN dotnet publish src/${PROJECT} -c Release --no-restore -p:Wall=false -o /out \
  && test -f /out/wwwroot/index.html \
  && ln -s GridMesh.${PROJECT} /out/gridmesh \
  && mkdir /data

FROM ${RUNTIME}
WORKDIR /app
# The root file system may be read-only: no diagnostics socket below /tmp. /data is written on SQLite only.
ENV ASPNETCORE_URLS=http://0.0.0.0:5080 ASPNETCORE_HTTP_PORTS= DOTNET_EnableDiagnostics=0 GridMesh__Data=/data
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
COPY --from=build /out .
EXPOSE 5080
# The numeric user of the base image, so that Kubernetes can see that it is not root.
USER $APP_UID
# No HEALTHCHECK: this image has no program that could ask. Ask /healthz/ready from outside.
ENTRYPOINT ["./gridmesh"]
