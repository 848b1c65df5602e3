using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;

namespace Threadwell.Web.Access;

/// <summary>What a request does, as <see cref="AccessPolicy"/> knows it.</summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "Not a code access permission, of which .NET has none any more.")]
public enum Permission
{
    /// <summary>What needs no account: signing in, sources, scripts and styles, language.</summary>
    Anyone,

    /// <summary>One's own account.</summary>
    SignedIn,

    /// <summary>What is made for the patient: consultation, consents, thread card, preparation sheet.</summary>
    ReadOwnDocuments,

    /// <summary>What the patient says for herself: questionnaire, consent, withdrawal; the doctor beside her may hold the pen.</summary>
    AnswerForSelf,

    /// <summary>The days after a treatment: the today page, its sheet and calendar, check-ins. The one thing that a phone may do which was enrolled for that treatment.</summary>
    CheckIn,

    /// <summary>Turning reminders on and off on a patient's own enrolled phone: no account does it for her, nor the phone of a relative.</summary>
    RemindPhone,

    /// <summary>What the clinic has to do for patients after treatments: the board, its tasks, the cards of what to do.</summary>
    ActOnTasks,

    /// <summary>Lowering the level that stands after a treatment.</summary>
    LowerLevel,

    /// <summary>Questions of people without an account: reading, answering, publishing, linking to a record, erasing.</summary>
    AnswerQuestions,

    /// <summary>Listing and searching patients.</summary>
    SeePatients,

    /// <summary>Names and contacts of patients.</summary>
    EditPatients,

    /// <summary>Appointments of the clinic: the calendar, booking, moving, what became of them.</summary>
    Schedule,

    /// <summary>Reading the clinical record.</summary>
    ReadRecord,

    /// <summary>Adding photos to a record.</summary>
    AddPhotos,

    /// <summary>Assessments, scans, plans and predictions.</summary>
    WriteRecord,

    /// <summary>The treatment record.</summary>
    Treat,

    /// <summary>Who received threads of a lot.</summary>
    Recall,

    /// <summary>The registry of outcomes: figures and rows without identity.</summary>
    ReadRegistry,

    /// <summary>Staff, licences, facility, products, rules, demonstration and settings.</summary>
    ManageClinic,

    /// <summary>The audit trail.</summary>
    ReadAudit,
}

/// <summary>What the key in a request's address names.</summary>
public enum RecordKind
{
    /// <summary>No record: a list, or something of the clinic.</summary>
    None,

    /// <summary>A patient.</summary>
    Patient,

    /// <summary>A scan.</summary>
    Scan,

    /// <summary>A plan, with its versions.</summary>
    Plan,

    /// <summary>A plan without a scan.</summary>
    Outline,

    /// <summary>A prediction.</summary>
    Prediction,

    /// <summary>The carrier of a lift that is previewed.</summary>
    Preview,

    /// <summary>A photo.</summary>
    Photo,

    /// <summary>An assessment of suitability.</summary>
    Assessment,

    /// <summary>A consent.</summary>
    Consent,

    /// <summary>A treatment.</summary>
    Treatment,

    /// <summary>Something that the clinic has to do for a patient.</summary>
    CareTask,
    /// <summary>A complication.</summary>
    Complication,

    /// <summary>A thread that was taken out.</summary>
    Removal,

    /// <summary>A visit after a treatment.</summary>
    Visit,

    /// <summary>A check-in after a treatment.</summary>
    CheckIn,

    /// <summary>An appointment.</summary>
    Appointment,

    /// <summary>A question of somebody without an account; of the record that it was linked to, or of nobody.</summary>
    Question,

    /// <summary>Long work that is watched.</summary>
    Job,
}

/// <summary>Names what an endpoint or page does and on which record. Without it <see cref="AccessGate"/> lets nobody in.</summary>
/// <param name="permission">What it does.</param>
/// <param name="kind">What its route value names.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AccessAttribute(Permission permission, RecordKind kind = RecordKind.None) : Attribute
{
    /// <summary>What it does.</summary>
    public Permission Permission { get; } = permission;

    /// <summary>What the route value <see cref="Key"/> names.</summary>
    public RecordKind Kind { get; } = kind;

    /// <summary>Name of the route value that holds the record's key.</summary>
    public string Key { get; init; } = "id";
}

/// <summary>Annotates endpoints.</summary>
public static class AccessConventions
{
    /// <summary>Names what an endpoint does and on which record.</summary>
    /// <param name="endpoint">The endpoint, or a group of them.</param>
    /// <param name="permission">What it does.</param>
    /// <param name="kind">What the route value names.</param>
    /// <param name="key">Name of the route value that holds the record's key.</param>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission, RecordKind kind = RecordKind.None, string key = "id")
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessAttribute(permission, kind) { Key = key });
}
