using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Prediction;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Files;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Sealing;
using Threadwell.Web.Access;
using Threadwell.Web.Accounts;
using Threadwell.Web.Accounts.SignOn;
using Threadwell.Web.Aftercare;
using Threadwell.Web.Appointments;
using Threadwell.Web.Assessments;
using Threadwell.Web.Board;
using Threadwell.Web.CheckIns;
using Threadwell.Web.CheckIns.Phone;
using Threadwell.Web.Clinic;
using Threadwell.Web.Consents;
using Threadwell.Web.Consultation;
using Threadwell.Web.Audit;
using Threadwell.Web.Demonstration;
using Threadwell.Web.Learn;
using Threadwell.Web.Outcomes;
using Threadwell.Web.Pages;
using Threadwell.Web.Patients;
using Threadwell.Web.Photos;
using Threadwell.Web.Plans;
using Threadwell.Web.Predictions;
using Threadwell.Web.Previews;
using Threadwell.Web.Products;
using Threadwell.Web.Proposals;
using Threadwell.Web.Questions;
using Threadwell.Web.Recalls;
using Threadwell.Web.Reminders;
using Threadwell.Web.Registry;
using Threadwell.Web.Rulebooks;
using Threadwell.Web.Scans;
using Threadwell.Web.Text;
using Threadwell.Web.Treatments;

namespace Threadwell.Web.Hosting;

/// <summary>The web app: one process that serves pages and API, with an embedded database.</summary>
public static class WebHost
{
    // Set while one works on the pages (docs/architecture.md).
    private const string ClientFolderVariable = "THREADWELL_CLIENT";

    /// <summary>Serves the app until it is told to stop.</summary>
    /// <param name="options">Address and data folder.</param>
    /// <param name="tell">Receives a line for the terminal: what is being prepared, then the address.</param>
    /// <param name="cancellation">Ends it cleanly.</param>
    /// <exception cref="InvalidInputException">The address cannot be served, or the data folder cannot be used.</exception>
    public static async Task RunAsync(ServeOptions options, Action<string> tell, CancellationToken cancellation)
    {
        PredictionOptions.CheckSamples(options.Courses);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tell);
        _ = options.CheckedAddress();
        _ = options.CheckedPublicAddress();
        using DataFolderLock folder = DataFolderLock.Take(options.DataFolder);
        await using WebApplication app = await OpenAsync(options, tell, _ => { }, cancellation);
        DemonstrationCourse course = app.Services.GetRequiredService<DemonstrationCourse>();
        RegistryAhead registry = app.Services.GetRequiredService<RegistryAhead>();
        await ServeAsync(app, stopping => Task.WhenAll(course.StartLaterAsync(stopping), registry.ReadLaterAsync(stopping)), cancellation);
    }

    /// <summary>Serves until it is told to stop, or one of its services fails and thereby stops it.</summary>
    /// <param name="app">The app, which listens.</param>
    /// <param name="beside">What is done beside it, and ends when its token says that the app stops.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task ServeAsync(WebApplication app, Func<CancellationToken, Task> beside, CancellationToken cancellation)
    {
        Task other = beside(app.Lifetime.ApplicationStopping);

        // No request is taken any more, however long the rest needs for its end, and also where it fails.
        await app.WaitForShutdownAsync(cancellation);
        await other;

        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        // A service that failed is no proper end: whoever watches over the program learns of it, and starts it anew.
        foreach (Task failed in app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask).OfType<Task>().Where(task => task.IsFaulted))
        {
            await failed;
        }
    }

    /// <summary>Builds the app, prepares its data and starts listening.</summary>
    /// <param name="options">Address and data folder.</param>
    /// <param name="tell">Receives a line for the terminal.</param>
    /// <param name="configure">Changes services: tests bring their own clock.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<WebApplication> OpenAsync(ServeOptions options, Action<string> tell, Action<IServiceCollection> configure, CancellationToken cancellation)
    {
        Uri address = options.CheckedAddress();
        var publicAddress = new PublicAddress(options.CheckedPublicAddress());
        ClinicDatabase database = DatabaseChoice.Of(options.Database, options.DataFolder);
        tell($"Threadwell is starting; its data lies in {Path.GetFullPath(options.DataFolder)} ({database.Description}).");
        await Restore.FinishAsync(new DataFolder(options.DataFolder), database, cancellation);
        WebApplication app = Build(options, address, publicAddress, database, configure);
        try
        {
            await PrepareAsync(app.Services, options, tell, cancellation);
            string bound = await StartAsync(app, options, address, cancellation);
            if (await IsWithoutAdministratorAsync(app.Services, cancellation))
            {
                tell($"Set up the first administrator: {publicAddress.Origin ?? bound.TrimEnd('/')}/setup?token={app.Services.GetRequiredService<SetUpLink>().Make()}");
            }

            tell(publicAddress.IsSet ? $"Threadwell is ready: {publicAddress.Origin}, which the proxy passes on to {bound}  (Ctrl-C ends it)" : $"Threadwell is ready: {bound}  (Ctrl-C ends it)");
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(ServeOptions options, Uri address, PublicAddress publicAddress, ClinicDatabase database, Action<IServiceCollection> configure)
    {
        // Nothing outside the options decides how it runs: no settings file of the current folder, no environment variable of another program.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Threadwell.Web", EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 * 1024 * 1024;
        });
        builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)

            // A write that loses against another one is taken up by whoever made it; what nobody takes up is logged as the request's own fault.
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None)
            .AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        AddServices(builder.Services, options, publicAddress, database);
        configure(builder.Services);
        WebApplication app = builder.Build();
        Map(app, publicAddress);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServeOptions options, PublicAddress publicAddress, ClinicDatabase database)
    {
        var data = new DataFolder(options.DataFolder);
        services.AddRouting();
        services.AddSingleton(publicAddress);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IClock>(SystemClock.Instance);
        RecordCipher cipher = RecordKeys.OpenOrMake(data.Keys);
        services.AddSingleton(new FileStore(data.Files, cipher));
        services.AddSingleton(database);
        services.AddDbContextFactory<ThreadwellContext>((provider, context) =>
        {
            database.Use(context, cipher);
            context.AddInterceptors(provider.GetRequiredService<AuditTrail>());

            // One query limits rows in no order: it only counts whether there are more (PatientSearch), and an order would make it read them all.
            context.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
        });
        AuditServices.Add(services, data.Root);
        services.AddDataProtection().SetApplicationName(RecordKeys.Application).PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        services.AddSingleton(_ => Environment.GetEnvironmentVariable(ClientFolderVariable) is { Length: > 0 } folder ? ClientAssets.FromFolder(folder) : ClientAssets.Embedded());
        services.AddSingleton<StoredStory>();
        Compression.Add(services);
        services.AddLocalization();

        // Vietnamese letters are sent as they are, not each as an escape.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddProblemDetails();
        services.AddExceptionHandler<InvalidInputHandler>();
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        AccountServices.Add(services, data.Root, publicAddress);
        services.AddScoped<PageTexts>();
        services.AddScoped<HomeContent>();
        services.AddScoped(provider => new ClinicTime(provider.GetRequiredService<IDbContextFactory<ThreadwellContext>>(), provider.GetRequiredService<IClock>()));
        services.AddScoped<Timeline>();
        services.AddScoped<PhotoKeeper>();
        services.AddScoped<RulebookKeeper>();
        services.AddScoped<ConsentSubjects>();
        services.AddScoped<ConsentWriter>();
        services.AddScoped<ConsentDesk>();
        services.AddScoped<PasskeySigning>();
        services.TryAddScoped<IPasskeyHandler<UserAccount>, PasskeyHandler<UserAccount>>();
        services.AddSingleton<ConsentPictures>();
        services.AddSingleton<ScanUpload>();
        services.AddScoped<ClinicReadiness>();
        services.AddSingleton<DemonstrationFaces>();
        services.AddSingleton<DemonstrationConsent>();
        services.AddSingleton<DemonstrationSeed>();
        services.AddSingleton<DemonstrationCourse>();
        services.AddScoped<TreatmentDesk>();
        services.AddScoped<CheckInReception>();
        services.AddScoped<AppointmentDesk>();
        services.AddScoped<Escalation>();
        services.AddHostedService<EscalationClock>();
        services.AddScoped<TaskDesk>();
        services.AddSingleton<ReturnedWords>();
        services.AddScoped<TaskReferral>();
        services.AddScoped<Enrolment>();
        ReminderServices.Add(services, options, data);
        QuestionServices.Add(services);
        services.AddSingleton<RegistryRows>();
        services.AddSingleton<RegistryAhead>();
        services.AddSingleton<ScanImport>();
        services.AddSingleton<ScanLibrary>();
        services.AddSingleton<Lanes>();
        services.AddSingleton<PreviewSessions>();
        services.AddSingleton<CourseFiles>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CauseRuns>(provider, options.Courses));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PredictionRuns>(provider, options.Courses));
        services.AddSingleton<ProposalRuns>();
        services.AddSingleton<VisitMeasuring>();
        services.AddScoped<TreatmentOutcome>();
        services.ConfigureHttpJsonOptions(json =>
        {
            JsonSerializerOptions target = json.SerializerOptions;
            foreach (JsonConverter converter in PlanJson.Options.Converters)
            {
                target.Converters.Add(converter);
            }

            target.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            target.RespectNullableAnnotations = true;
            target.RespectRequiredConstructorParameters = true;
            target.NumberHandling = JsonNumberHandling.Strict;
            target.AllowDuplicateProperties = false;
            target.MaxDepth = PlanJson.Options.MaxDepth;
        });
        services.Configure<RequestLocalizationOptions>(localisation =>
        {
            localisation.DefaultRequestCulture = new RequestCulture(Languages.Cultures[0]);
            localisation.SupportedCultures = localisation.SupportedUICultures = [.. Languages.Cultures];
            localisation.ApplyCurrentCultureToResponseHeaders = true;
            localisation.RequestCultureProviders =
            [
                .. localisation.RequestCultureProviders.Where(provider => provider is not AcceptLanguageHeaderRequestCultureProvider),
                new CustomRequestCultureProvider(context => Task.FromResult(Languages.Accepted(context.Request.GetTypedHeaders().AcceptLanguage) is { } name ? new ProviderCultureResult(name) : null)),
            ];
        });
    }

    private static void Map(WebApplication app, PublicAddress publicAddress)
    {
        Arrival.Use(app, publicAddress);
        app.UseSecurityHeaders(publicAddress);

        Compression.Use(app);

        // Programs get problem documents, people get pages.
        app.UseWhen(IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !IsApi(context), pages => pages.UseExceptionHandler("/fault", createScopeForErrors: true));
        app.UseRequestLocalization();
        app.UseWhen(context => !IsApi(context), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

        // The page that says what went wrong is read, whatever was asked before.
        app.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<EnrolledPhones>();
        app.UseMiddleware<AccessGate>();

        // The parts of a page show times, and ask for the zone at once, over one connection: it is known before the page begins.
        app.UseWhen(IsPage, pages => pages.Use(async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<ClinicTime>().ZoneAsync(context.RequestAborted);
            await next(context);
        }));
        app.UseAntiforgery();
        app.Services.GetRequiredService<ClientAssets>().Map(app);
        RouteGroupBuilder api = app.MapGroup("/api").DisableAntiforgery();
        JobEndpoints.Map(api);
        SentenceEndpoints.Map(api);
        ScanEndpoints.Map(api);
        PlanEndpoints.Map(api);
        PreviewEndpoints.Map(api);
        PredictionEndpoints.Map(api);
        CauseEndpoints.Map(app, api);
        DifferenceEndpoints.Map(api);
        ProposalEndpoints.Map(api);
        PhotoEndpoints.Map(api);
        ConsultationEndpoints.Map(api);
        PasskeyEndpoints.Map(api);
        TreatmentEndpoints.Map(api);
        CheckInEndpoints.Map(api);
        TaskEndpoints.Map(app, api);
        OutcomeEndpoints.Map(app, api);
        app.MapGet("/predictions/{id:guid}/report", (Guid id) => Results.Redirect($"/api/predictions/{id}/report")).Needs(Permission.ReadRecord, RecordKind.Prediction);
        app.MapGet("/", (CurrentUser user) => Results.LocalRedirect(user.Role switch { Role.Patient => "/my", Role.Administrator => "/clinic", _ => "/patients" })).Needs(Permission.SignedIn);
        ConsentEndpoints.Map(app);
        SignInEndpoints.Map(app, api);
        SignOnEndpoints.Map(app);
        AccountEndpoints.Map(app, api);
        ManageEndpoints.Map(app);
        SettingEndpoints.Map(app);
        AssessmentEndpoints.Map(app);
        RulebookEndpoints.Map(app);
        AftercareEndpoints.Map(app);
        ClinicEndpoints.Map(app);
        AppointmentEndpoints.Map(app, api);
        FeedEndpoints.Map(app);
        DemonstrationEndpoints.Map(app);
        RecallEndpoints.Map(app);
        PhoneEndpoints.Map(app, api);
        ReminderEndpoints.Map(app, api);
        RegistryEndpoints.Map(app);
        QuestionEndpoints.Map(app);
        InboxEndpoints.Map(app);
        AnswerFeeds.Map(app);
        app.MapRazorComponents<Document>();
    }

    private static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static async Task PrepareAsync(IServiceProvider services, ServeOptions options, Action<string> tell, CancellationToken cancellation)
    {
        await using (ThreadwellContext context = await services.GetRequiredService<IDbContextFactory<ThreadwellContext>>().CreateDbContextAsync(cancellation))
        {
            await services.GetRequiredService<ClinicDatabase>().PrepareAsync(context, cancellation);
            await KeyCheck.RunAsync(context, new DataFolder(options.DataFolder), cancellation);
            await new RulebookKeeper(context, services.GetRequiredService<IClock>()).EnsureAsync(cancellation);
            await ExampleProducts.AddAsync(context, cancellation);
            await AuditTrail.CatchUpAsync(context, services.GetRequiredService<AuditHeads>(), cancellation);
            if (!options.Empty && !await DemonstrationRemoval.WasEverAsync(context, cancellation))
            {
                await DemonstrationAccounts.AddAsync(context, services.GetRequiredService<IClock>().GetCurrentInstant(), cancellation);
            }
        }

        services.GetRequiredService<FileStore>().SealAll();
        if (options.Samples)
        {
            await services.GetRequiredService<ScanLibrary>().AddSamplesAsync(tell, cancellation);
        }

        await services.GetRequiredService<DemonstrationSeed>().AddWhereMissingAsync(tell, cancellation);
        await services.GetRequiredService<PredictionRuns>().ResumeAsync(cancellation);
        await services.GetRequiredService<CauseRuns>().ResumeAsync(cancellation);
        await services.GetRequiredService<ProposalRuns>().ResumeAsync(cancellation);
    }

    private static async Task<bool> IsWithoutAdministratorAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using ThreadwellContext context = await services.GetRequiredService<IDbContextFactory<ThreadwellContext>>().CreateDbContextAsync(cancellation);
        return !await Administrators.AnyAsync(context, cancellation);
    }

    /// <summary>Starts listening.</summary>
    /// <returns>The address.</returns>
    private static async Task<string> StartAsync(WebApplication app, ServeOptions options, Uri address, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            string advice = options.Address is null ? "end the other program, or choose another address with --urls, such as --urls http://127.0.0.1:0 for any free one." : "choose another one.";
            throw new InvalidInputException("--urls", null, $"{address.GetLeftPart(UriPartial.Authority)} is taken by another program; {advice}", error);
        }

        return app.Urls.First();
    }
}
