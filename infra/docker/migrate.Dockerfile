# Brings the schema up to date, once, and ends. Built from the repository's root.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish migrations -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
WORKDIR /app
COPY --from=build /app .
USER 10001:10001
ENV DOTNET_EnableDiagnostics=0
ENTRYPOINT ["dotnet", "CryoHub.Migrations.dll"]
