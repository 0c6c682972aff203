using CryoHub.Imaging;
using CryoHub.Platform.Messages;
using MassTransit;

namespace CryoHub.Worker.Previews;

/// <summary>Answers previews over the bus.</summary>
internal sealed class PreviewConsumer(PreviewDesk desk) : IConsumer<PreviewRequest>
{
    public async Task Consume(ConsumeContext<PreviewRequest> context)
    {
        PreviewAnswer answer;
        try
        {
            answer = new PreviewAnswer(await desk.RunAsync(context.Message, context.CancellationToken), null, "");
        }
        catch (ProblemException problem)
        {
            answer = new PreviewAnswer("", problem.Kind, problem.Message);
        }
        catch (OperationCanceledException)
        {
            answer = new PreviewAnswer("", ProblemKind.Conflict, "A newer preview of the same page took its place, or it took too long: submit it as a job.");
        }

        await context.RespondAsync(answer);
    }

    /// <summary>One queue for all workers: each message wakes one of them.</summary>
    internal sealed class Shared : ConsumerDefinition<PreviewConsumer>
    {
        public Shared() => EndpointName = "preview";
    }
}
