using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CryoHub.Platform.Audit;

/// <summary>Tells the database who works on a connection that was just opened. Npgsql resets it when the connection goes back to its pool.</summary>
internal sealed class AuditConnection : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Introduce(connection, eventData);
        command?.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Introduce(connection, eventData);
        if (command is not null)
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static DbCommand? Introduce(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (((eventData.Context as CryoHubDb)?.Actor ?? Origin.Current.UserId) is not { } actor)
        {
            return null;
        }

        var command = connection.CreateCommand();
        command.CommandText = "select set_config('cryohub.user', @user, false), set_config('cryohub.origin', @origin, false)";
        Add(command, "user", actor.ToString());
        Add(command, "origin", Origin.Current.Address);
        return command;
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
