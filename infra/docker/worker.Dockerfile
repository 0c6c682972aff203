# A worker: runs jobs, and reads originals in a child process without network. Built from the repository's root.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/CryoHub.Worker -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
COPY infra/install.sh /libraries/infra/
RUN /libraries/infra/install.sh run && rm -rf /libraries /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
USER 10001:10001
ENV DOTNET_EnableDiagnostics=0
ENTRYPOINT ["dotnet", "CryoHub.Worker.dll"]
