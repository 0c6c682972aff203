using MassTransit;

namespace CryoHub.Platform.Messages;

/// <summary>Brings news from the bus to the pages and hub groups of this process.</summary>
internal sealed class NewsConsumer(LocalNews local) : IConsumer<JobChanged>, IConsumer<AccessChanged>, IConsumer<AnnotationChanged>, IConsumer<PaintChanged>,
    IConsumer<CommentsChanged>, IConsumer<ReviewsChanged>, IConsumer<NoticesChanged>
{
    public Task Consume(ConsumeContext<JobChanged> context) => local.PublishAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<AccessChanged> context) => local.PublishAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<AnnotationChanged> context) => local.PublishAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<PaintChanged> context) => local.PublishAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<CommentsChanged> context) => local.PublishAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<ReviewsChanged> context) => local.PublishAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<NoticesChanged> context) => local.PublishAsync(context.Message, context.CancellationToken);

    internal sealed class Own : ConsumerDefinition<NewsConsumer>
    {
        public Own() => Endpoint(endpoint =>
        {
            endpoint.Name = $"news-{Guid.CreateVersion7():N}";
            endpoint.Temporary = true;
        });
    }
}
