using System.ComponentModel.DataAnnotations;

namespace CryoHub.Platform;

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Of the application's role, which owns no table.</summary>
    [Required(ErrorMessage = "Database__ConnectionString is missing: the connection of the role cryohub_app.")]
    public string ConnectionString { get; set; } = "";
}
