using Microsoft.Extensions.DependencyInjection;

namespace Threadwell.Web.Questions;

/// <summary>Wires questions to doctors.</summary>
internal static class QuestionServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<QuestionLimits>();
        services.AddSingleton<WorkTickets>();
        services.AddSingleton<QuestionIntake>();
        services.AddSingleton<QuestionPictures>();
        services.AddScoped<QuestionMails>();
        services.AddScoped<AskDesk>();
        services.AddScoped<QuestionErasure>();
        services.AddScoped<AnswerDesk>();
        services.AddScoped<PublishingDesk>();
        services.AddHostedService<QuestionClock>();
    }
}
