using CryoHub.Migrations;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Tests;

public sealed class SchemaTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public void The_migrations_say_what_the_entities_say()
    {
        Assert.False(MigrationsProgram.HasPendingModelChanges());
    }

    [Fact]
    public async Task The_applications_role_owns_nothing()
    {
        await using var db = database.CreateDbContext();
        var owned = await db.Database
            .SqlQuery<string>($"select relname::text as \"Value\" from pg_class where pg_get_userbyid(relowner) = current_user").ToListAsync(TestContext.Current.CancellationToken);
        Assert.Empty(owned);
    }

    [Theory]
    [InlineData("create table mine (id int)")]
    [InlineData("drop table datasets")]
    [InlineData("alter table labs disable trigger all")]
    [InlineData("delete from audit")]
    [InlineData("update audit set user_id = null")]
    [InlineData("truncate audit")]
    [InlineData("insert into audit (at, origin, table_name, record_id, action, before, after) values (now(), '', '', '', '', '{}', '{}')")]
    public async Task The_applications_role_can_neither_change_the_structure_nor_the_audit_trail(string sql)
    {
        await using var db = database.CreateDbContext();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
