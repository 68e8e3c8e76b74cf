# A silo: grains on Orleans. It has no wall; with --gateway it serves the API and the hub all the same.
#
#   docker build -f deploy/container/silo.Dockerfile -t gridmesh/silo .
#
# SDK and RUNTIME may name a mirror. The chiseled runtime has neither shell nor package manager; a runtime with a shell
# (aspnet:10.0-noble) is for those who probe by a command, as deploy/compose does.
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM ${SDK} AS build
# MSBuild reads Engine from the environment, so restore and publish cannot disagree about it.
ARG ENGINE=Orleans
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
RUN dotnet restore src/Silo -p:Wall=false
COPY src src
RUN dotnet publish src/Silo -c Release --no-restore -p:Wall=false -o /out

FROM ${RUNTIME}
WORKDIR /app
# The root file system may be read-only: no diagnostics socket below /tmp, and nothing else is written.
ENV ASPNETCORE_URLS=http://0.0.0.0:5080 ASPNETCORE_HTTP_PORTS= DOTNET_EnableDiagnostics=0
COPY --from=build /out .
# 5080: health and metrics. 11111: other silos. 30000: gateways.
EXPOSE 5080 11111 30000
# The numeric user of the base image, so that Kubernetes can see that it is not root.
USER $APP_UID
# No HEALTHCHECK: this image has no program that could ask. Ask /healthz/ready from outside.
ENTRYPOINT ["./GridMesh.Silo"]
