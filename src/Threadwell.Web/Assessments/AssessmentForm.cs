using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Geometry;
using Threadwell.Storage.Patients;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Assessments;

/// <summary>
/// The questionnaire as a form that needs no script: which questions are asked, given the answers so far, and what was sent. A question that follows
/// from an answer is shown after the form was sent once; what was answered stays.
/// </summary>
internal sealed class AssessmentForm
{
    /// <summary>Questions that the record answers: they are shown, not asked.</summary>
    public static readonly string[] OfRecord = ["birthDate", "sex"];

    private readonly Questionnaire questionnaire;
    private readonly LocalDate today;
    private readonly bool asDoctor;

    /// <summary>A form for a patient.</summary>
    /// <param name="rulebook">The rules whose questions are asked.</param>
    /// <param name="today">Today in the clinic.</param>
    /// <param name="asDoctor">Whether a doctor fills it in, who answers the questions of the examination too.</param>
    /// <param name="answers">Answers so far.</param>
    /// <param name="patient">The patient, whose record answers some of the questions.</param>
    public AssessmentForm(Rulebook rulebook, LocalDate today, bool asDoctor, AnswerSheet answers, Patient patient)
    {
        questionnaire = rulebook.Questionnaire;
        this.today = today;
        this.asDoctor = asDoctor;
        Answers = WithRecord(answers, patient);
    }

    /// <summary>Answers so far, those of the record with them.</summary>
    public AnswerSheet Answers { get; private set; }

    /// <summary>What is wrong with what was sent, by the name of the field.</summary>
    public FieldProblems Problems { get; } = new();

    /// <summary>Days as they were typed, where they are none, so that they stay on the page.</summary>
    public Dictionary<string, string> Typed { get; } = new(StringComparer.Ordinal);

    /// <summary>Headings with the places that are asked under them; headings without any are left out.</summary>
    public IReadOnlyList<(QuestionGroup Group, IReadOnlyList<AnswerKey> Places)> Asked()
    {
        // What hangs on an open answer is not asked yet: it follows when that is answered.
        var evaluator = new ConditionEvaluator(questionnaire, Answers, today);
        return [.. questionnaire.Groups
            .Select(group => (group, (IReadOnlyList<AnswerKey>)[.. questionnaire.Questions
                .Where(question => question.Group == group.Id && !OfRecord.Contains(question.Id) && (asDoctor || question.Of == AskedOf.Patient))
                .SelectMany(question => Questionnaire.Places(question, Answers))
                .Where(place => evaluator.IsAsked(place) == Truth.True)]))
            .Where(asked => asked.Item2.Count > 0)];
    }

    /// <summary>Name of the field of a place.</summary>
    public static string Field(AnswerKey place) => "a." + place;

    /// <summary>Id of the element that holds a place.</summary>
    public static string Element(AnswerKey place) => "q-" + place.ToString().Replace('.', '-');

    /// <summary>Takes what was sent. Places that were on the page and are not answered now lose their answer; others keep it.</summary>
    /// <param name="form">The form.</param>
    /// <param name="dayProblem">What to say beside a day that is none.</param>
    public void Take(IFormCollection form, string dayProblem)
    {
        var shown = (string?[])form["shown"]!;
        foreach (Question question in questionnaire.Questions.Where(question => !OfRecord.Contains(question.Id) && (asDoctor || question.Of == AskedOf.Patient)))
        {
            // An item that was just chosen has no field yet; one that was just taken away needs none.
            string[] items = question.Per is null ? [] : [.. questionnaire.Get(question.Per).Choices.Select(choice => choice.Id)];
            foreach (AnswerKey place in question.Per is null ? [new AnswerKey(question.Id)] : items.Select(item => new AnswerKey(question.Id, item)))
            {
                if (shown.Contains(Field(place)))
                {
                    Answers = Answers.With(place, Read(form, question, place, dayProblem));
                }
            }
        }

        Answers = WithoutItemsNotChosen(Answers);
    }

    private Answer? Read(IFormCollection form, Question question, AnswerKey place, string dayProblem)
    {
        string field = Field(place);
        string?[] words = [.. form[field]];
        if (question.Kind == QuestionKind.Date)
        {
            string typed = form[field + ".day"].ToString().Trim();
            bool isDay = words is not ([{ Length: > 0 } word] ) || word == "day";
            if (typed.Length > 0 && isDay)
            {
                if (ClinicDates.Read(typed) is not { } day)
                {
                    Problems.Add(field, dayProblem);
                    Typed[field] = typed;
                    return null;
                }

                words = [LocalDatePattern.Iso.Format(day)];
            }
            else if (isDay)
            {
                return null;
            }
        }

        try
        {
            return AnswerReader.FromForm(words, question, "form", field);
        }
        catch (InvalidInputException error)
        {
            Problems.Add(field, question.Kind == QuestionKind.Date ? dayProblem : Spoken.Say(error.Problem));
            return null;
        }
    }

    private AnswerSheet WithRecord(AnswerSheet answers, Patient patient)
    {
        if (questionnaire.Find("birthDate") is not null)
        {
            answers = answers.With(new AnswerKey("birthDate"), new DateAnswer(patient.BirthDate));
        }

        return questionnaire.Find("sex") is not null ? answers.With(new AnswerKey("sex"), new WordAnswer(patient.Sex == Anatomy.Sex.Female ? "female" : "male")) : answers;
    }

    private AnswerSheet WithoutItemsNotChosen(AnswerSheet answers)
    {
        foreach ((AnswerKey key, _) in answers.All.Where(answer => answer.Key.Item is not null).ToArray())
        {
            bool chosen = questionnaire.Get(key.Question).Per is { } per && answers.Find(new AnswerKey(per)) is WordsAnswer words && words.Words.Contains(key.Item!);
            answers = chosen ? answers : answers.With(key, null);
        }

        return answers;
    }
}
