using CryoHub.Migrations;
using Microsoft.Extensions.Configuration;
using Npgsql;

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
try
{
    await MigrationsProgram.ApplyAsync(connectionString, stop.Token, configuration["Database:ApplicationPassword"] ?? "");
}
catch (Exception failed) when (failed.GetBaseException() is PostgresException)   // EF wraps those that may pass
{
    var refused = (PostgresException)failed.GetBaseException();
    var hint = refused.SqlState == PostgresErrorCodes.LockNotAvailable ? " Somebody uses a table that is to be changed: end long readers, or stop web and workers, and try again." : "";
    await Console.Error.WriteLineAsync($"The migration was taken back whole; the database is as it was. {refused.SqlState}: {refused.MessageText}.{hint}");
    return 1;
}

Console.WriteLine("The database has the newest schema.");
if (args is [_, var mail])
{
    Console.WriteLine(
        await Administrator.EnsureAsync(configuration, mail, stop.Token) is { } password
            ? $"First administrator, shown once:  {mail}  {password}"
            : "There is an administrator already; nothing was changed.");
}

return 0;
