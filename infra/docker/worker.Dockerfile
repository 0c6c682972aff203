# A worker: runs jobs, and reads originals in a child process without network. Built from the repository's root.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/CryoHub.Worker -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN apt-get update && apt-get install -y --no-install-recommends libfftw3-single3 libhdf5-103-1t64 libblosc1 libtiff6 libturbojpeg0 libbz2-1.0 libzstd1 libxrl11 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
USER 10001:10001
ENV DOTNET_EnableDiagnostics=0
ENTRYPOINT ["dotnet", "CryoHub.Worker.dll"]
