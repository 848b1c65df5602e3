namespace Threadwell.Web.Text;

/// <summary>Marks the texts of the frame around every page (<c>SiteText.resx</c>).</summary>
public sealed class SiteText;

/// <summary>Marks the texts of the start page.</summary>
public sealed class HomeText;

/// <summary>Marks the texts of the page on which a scan is confirmed.</summary>
public sealed class ScanText;

/// <summary>Marks the texts of the plan page.</summary>
public sealed class PlanText;

/// <summary>Marks the texts of the years and of the comparison.</summary>
public sealed class YearsText;

/// <summary>Marks the texts of the pages of sources.</summary>
public sealed class EvidenceText;

/// <summary>Marks the texts of signing in and of accounts.</summary>
public sealed class AccountText;

/// <summary>Marks the texts of the page of the audit trail.</summary>
public sealed class AuditText;

/// <summary>Marks the texts of the list of patients and of a record.</summary>
public sealed class PatientText;

/// <summary>Marks the texts of a record's photos.</summary>
public sealed class PhotoText;

/// <summary>Marks the texts of the page that a patient sees first.</summary>
public sealed class MyText;

/// <summary>Marks the texts of the clinic's set-up.</summary>
public sealed class ClinicText;

/// <summary>Marks the texts of questions to doctors as everybody reads them.</summary>
public sealed class QuestionText;

/// <summary>Marks the texts by which doctors answer questions.</summary>
public sealed class InboxText;

/// <summary>Marks the texts of the product catalogue.</summary>
public sealed class ProductText;

/// <summary>Marks the texts of outlines.</summary>
public sealed class OutlineText;

/// <summary>Marks the texts of treatments.</summary>
public sealed class TreatmentText;

/// <summary>Marks the texts of the days after a treatment.</summary>
public sealed class AftercareText;

/// <summary>Marks the texts of the patient's check-ins and of the phones that are enrolled for them.</summary>
public sealed class CheckInText;
/// <summary>Marks the texts of messages: what they say, and the pages around them.</summary>
public sealed class ReminderText;
/// <summary>Marks the texts of complications, removals, visits and what else happens after a treatment.</summary>
public sealed class OutcomeText;
/// <summary>Marks the texts of what decides a result.</summary>
public sealed class CausesText;
/// <summary>Marks the texts of orders for the days after a treatment.</summary>
public sealed class OrdersText;

/// <summary>Marks the texts of the clinic's own lengths of aftercare.</summary>
public sealed class CareRulesText;

/// <summary>Marks the texts of recalls.</summary>
public sealed class RecallText;

/// <summary>Marks the texts of the registry of outcomes.</summary>
public sealed class RegistryText;

/// <summary>Marks the texts of assessments of suitability.</summary>
public sealed class AssessmentText;

/// <summary>Marks the texts of the rules of suitability.</summary>
public sealed class RulebookText;

/// <summary>Marks what a patient is told of a thread lift, on the screen and in her consent.</summary>
public sealed class InformationText;

/// <summary>Marks the texts of consents.</summary>
public sealed class ConsentText;

/// <summary>Marks the texts around the consultation.</summary>
public sealed class ConsultationText;

/// <summary>Marks the texts of opening hours, calendar and appointments.</summary>
public sealed class AppointmentText;

/// <summary>Marks the texts of what the clinic has to do after treatments: board, tasks, cards.</summary>
public sealed class BoardText;

/// <summary>Marks the texts of the page that explains a thread lift.</summary>
public sealed class LearnText;
