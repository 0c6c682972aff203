using CryoHub.Migrations;
using Microsoft.Extensions.Configuration;

// One-shot: applies what is missing and exits; compose runs it before web and worker start. With --administrator MAIL it also makes the first account.
if (args is not ([] or ["--administrator", _]))
{
    await Console.Error.WriteLineAsync("usage: CryoHub.Migrations [--administrator MAIL]");
    return 2;
}

var configuration = new ConfigurationBuilder().AddKeyPerFile("/run/secrets", optional: true).AddEnvironmentVariables().Build();
if (configuration["Database:ConnectionString"] is not { Length: > 0 } connectionString)
{
    await Console.Error.WriteLineAsync("Database__ConnectionString is missing: the connection of the role that owns the tables.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
await MigrationsProgram.ApplyAsync(connectionString, stop.Token, configuration["Database:ApplicationPassword"] ?? "");
Console.WriteLine("The database has the newest schema.");
if (args is [_, var mail])
{
    Console.WriteLine(
        await Administrator.EnsureAsync(configuration, mail, stop.Token) is { } password
            ? $"First administrator, shown once:  {mail}  {password}"
            : "There is an administrator already; nothing was changed.");
}

return 0;
