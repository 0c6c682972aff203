using CryoHub.Platform.Storage.Files;
using CryoHub.Platform.Storage.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Storage;

/// <summary>Registers the store that the section <c>Storage</c> names.</summary>
public static class StorageSetup
{
    public static IServiceCollection AddObjectStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FileObjectStore>();
        services.AddSingleton<S3ObjectStore>();
        services.AddSingleton<IObjectStore>(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.Kind switch
        {
            StorageKind.S3 => provider.GetRequiredService<S3ObjectStore>(),
            _ => provider.GetRequiredService<FileObjectStore>(),
        });
        services.AddSingleton<SignalDisk>();
        services.AddHostedService<StoragePreparation>();
        return services;
    }
}
