namespace CryoHub.Platform.Messages;

/// <summary>Tells all processes that something has happened. Losing news loses nothing: the rows are the truth.</summary>
public interface INews
{
    Task PublishAsync<T>(T news, CancellationToken ct)
        where T : class;
}
