using CryoHub.Platform.Storage.S3;
using Microsoft.Extensions.Hosting;

namespace CryoHub.Platform.Storage;

/// <summary>Makes bucket and its rules before the first request.</summary>
internal sealed class StoragePreparation(IObjectStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store is S3ObjectStore s3 ? s3.PrepareAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
