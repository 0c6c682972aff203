using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform;

/// <summary>Registers the platform; web, worker and local call it.</summary>
public static class PlatformSetup
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection("Database")).ValidateDataAnnotations().ValidateOnStart();
        services.AddDbContextFactory<CryoHubDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString)
            .AddInterceptors(new AuditConnection()));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LocalNews>();
        services.TryAddSingleton<INews>(provider => provider.GetRequiredService<LocalNews>());
        return services;
    }
}
