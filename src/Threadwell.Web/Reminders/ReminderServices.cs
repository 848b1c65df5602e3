using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Threadwell.Storage;
using Threadwell.Web.Hosting;
using Threadwell.Web.Reminders.Push;

namespace Threadwell.Web.Reminders;

/// <summary>Wires planning and sending of messages.</summary>
internal static class ReminderServices
{
    public static void Add(IServiceCollection services, ServeOptions options, DataFolder data)
    {
        services.AddSingleton(new MailServer(MailSettings.Read(options.Smtp, data.Root)));
        services.AddSingleton<LinkOrigin>();
        services.AddSingleton<StopLinks>();
        services.AddSingleton<MailTexts>();
        services.AddSingleton<MailSender>();
        services.AddSingleton(_ => new VapidKey(data.Keys));
        services.AddSingleton(new PushServices());
        services.AddSingleton<PushSender>();
        services.AddSingleton<ReminderPlanner>();
        services.AddSingleton<MessageDispatcher>();

        // The scheduler keeps nothing: what is to be sent stands in the outbox, so a run that was missed is made up for by the next.
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(new ElapsedTime());
            quartz.ScheduleJob<PlanJob>(trigger => trigger.StartNow().WithSchedule(Every(PlanJob.Interval)));
            quartz.ScheduleJob<MailJob>(trigger => trigger.StartNow().WithSchedule(Every(DispatchJob.Interval)));
            quartz.ScheduleJob<PushJob>(trigger => trigger.StartNow().WithSchedule(Every(DispatchJob.Interval)));
        });
        services.AddQuartzHostedService(hosted =>
        {
            hosted.WaitForJobsToComplete = true;
            hosted.AwaitApplicationStarted = true;
        });
    }

    private static SimpleScheduleBuilder Every(TimeSpan interval) =>
        SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount);
}
