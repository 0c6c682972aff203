namespace CryoHub.Platform.Messages;

/// <summary>Memory: all in one process. RabbitMq: web hosts and workers anywhere.</summary>
public enum BusKind { Memory, RabbitMq }
