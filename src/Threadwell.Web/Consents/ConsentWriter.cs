using System.Reflection;
using NodaTime.Text;
using Threadwell.Reports.Documents;
using Threadwell.Storage.Consents;
using Threadwell.Web.Consultation;
using Threadwell.Web.Text;

namespace Threadwell.Web.Consents;

/// <summary>Writes the text of a consent from a patient's own plan.</summary>
internal sealed class ConsentWriter(ConsentPictures pictures)
{
    private static readonly string Program = typeof(ConsentWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>The consent that is shown for a subject, with every decision still open. The same subject gives the same bytes.</summary>
    /// <param name="subject">A patient, with a plan or without.</param>
    /// <param name="language">"en" or "vi".</param>
    public ConsentFile Write(ConsentSubject subject, string language)
    {
        var texts = new LanguageTexts(typeof(ConsentText), language);
        return new ConsentFile
        {
            Program = Program,
            Language = language,
            Clinic = new ShownClinic(subject.Clinic.Name, subject.Clinic.Phone),
            Patient = new ShownPatient(subject.Patient!.FullName, LocalDatePattern.Iso.Format(subject.Patient.BirthDate), subject.Patient.Number, subject.Patient.IsDemonstration),
            Plan = subject.HasPlan ? new ShownPlan(subject.Version?.Id, subject.Outline?.Id, subject.Plan?.Name ?? "", subject.Version?.Number ?? subject.Outline!.Number, subject.PlanSha256) : null,
            Prediction = subject.Prediction is { } prediction ? new ShownPrediction(prediction.Id, subject.Course!.ModelVersion, prediction.DocumentSha256!) : null,
            Title = texts[subject.HasPlan ? "title.plan" : "title.other"],
            Sections = subject.HasPlan ? [.. PatientInformation.Sections(subject, language).Select(ShownSection.Of)] : [],
            Pictures = [.. pictures.Of(subject).Select(picture => new ShownPicture(picture.Sha256, Caption(picture.Shows, subject, texts, language)))],
            Choices = [.. Enum.GetValues<ConsentKind>().Where(kind => kind != ConsentKind.Treatment || subject.HasPlan).Select(kind => new ShownChoice(kind, texts["kind." + kind], texts["statement." + kind], null))],
            Statement = texts["statement"],
        };
    }

    private static string Caption(ConsentPicture shows, ConsentSubject subject, LanguageTexts texts, string language)
    {
        string months = DocumentLanguage.Of(language).Number(Math.Min(PatientInformation.OpeningMonth, subject.Course?.Summary.SimulatedMonths ?? PatientInformation.OpeningMonth));
        return shows switch
        {
            ConsentPicture.Plan => texts["picture.plan"],
            ConsentPicture.Treated => texts["picture.treated", months],
            ConsentPicture.Untreated => texts["picture.untreated", months],
            _ => throw new ArgumentOutOfRangeException(nameof(shows)),
        };
    }
}
