using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Threadwell.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Questions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ReviewsAnswers",
                table: "clinic_settings",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "TakesQuestions",
                table: "clinic_settings",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "answer_templates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Language = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    Text = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_answer_templates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "questions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    LinkSha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Link = table.Column<string>(type: "text", nullable: false),
                    Language = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    Topic = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    AgeBand = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Email = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    MayPublish = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    OpenedAt = table.Column<long>(type: "bigint", nullable: true),
                    DueAt = table.Column<long>(type: "bigint", nullable: true),
                    EscalatedAt = table.Column<long>(type: "bigint", nullable: true),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: true),
                    Draft = table.Column<string>(type: "text", nullable: false),
                    Answer = table.Column<string>(type: "text", nullable: false),
                    AnsweredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AnsweredByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AnsweredLicence = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    AnsweredAt = table.Column<long>(type: "bigint", nullable: true),
                    ReviewedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: true),
                    LinkedAt = table.Column<long>(type: "bigint", nullable: true),
                    Revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_questions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_questions_patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "published_answers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    QuestionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Slug = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Language = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    Topic = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    Title = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    Question = table.Column<string>(type: "text", nullable: false),
                    Answer = table.Column<string>(type: "text", nullable: false),
                    SearchTitle = table.Column<string>(type: "text", nullable: false),
                    SearchText = table.Column<string>(type: "text", nullable: false),
                    DoctorId = table.Column<Guid>(type: "uuid", nullable: false),
                    DoctorName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    DoctorLicence = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    AnsweredOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    ReviewedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    ReviewDueOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    PublishedAt = table.Column<long>(type: "bigint", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_published_answers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_published_answers_questions_QuestionId",
                        column: x => x.QuestionId,
                        principalTable: "questions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "question_events",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    QuestionId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ByUserId = table.Column<Guid>(type: "uuid", nullable: true),
                    ByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    Note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_question_events", x => x.Id);
                    table.ForeignKey(
                        name: "FK_question_events_questions_QuestionId",
                        column: x => x.QuestionId,
                        principalTable: "questions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "question_photos",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    QuestionId = table.Column<Guid>(type: "uuid", nullable: false),
                    FileSha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ThumbnailSha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Width = table.Column<int>(type: "integer", nullable: false),
                    Height = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_question_photos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_question_photos_questions_QuestionId",
                        column: x => x.QuestionId,
                        principalTable: "questions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "answer_corrections",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AnswerId = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ByUserId = table.Column<Guid>(type: "uuid", nullable: false),
                    ByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    OldTitle = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    OldQuestion = table.Column<string>(type: "text", nullable: false),
                    OldAnswer = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_answer_corrections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_answer_corrections_published_answers_AnswerId",
                        column: x => x.AnswerId,
                        principalTable: "published_answers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_answer_corrections_AnswerId_At",
                table: "answer_corrections",
                columns: new[] { "AnswerId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_published_answers_PublishedAt",
                table: "published_answers",
                column: "PublishedAt");

            migrationBuilder.CreateIndex(
                name: "IX_published_answers_QuestionId",
                table: "published_answers",
                column: "QuestionId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_published_answers_ReviewDueOn",
                table: "published_answers",
                column: "ReviewDueOn");

            migrationBuilder.CreateIndex(
                name: "IX_published_answers_Topic_PublishedAt",
                table: "published_answers",
                columns: new[] { "Topic", "PublishedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_question_events_QuestionId_At",
                table: "question_events",
                columns: new[] { "QuestionId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_question_photos_FileSha256",
                table: "question_photos",
                column: "FileSha256");

            migrationBuilder.CreateIndex(
                name: "IX_question_photos_QuestionId",
                table: "question_photos",
                column: "QuestionId");

            migrationBuilder.CreateIndex(
                name: "IX_questions_LinkSha256",
                table: "questions",
                column: "LinkSha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_questions_PatientId",
                table: "questions",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_questions_State_DueAt",
                table: "questions",
                columns: new[] { "State", "DueAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "answer_corrections");

            migrationBuilder.DropTable(
                name: "answer_templates");

            migrationBuilder.DropTable(
                name: "question_events");

            migrationBuilder.DropTable(
                name: "question_photos");

            migrationBuilder.DropTable(
                name: "published_answers");

            migrationBuilder.DropTable(
                name: "questions");

            migrationBuilder.DropColumn(
                name: "ReviewsAnswers",
                table: "clinic_settings");

            migrationBuilder.DropColumn(
                name: "TakesQuestions",
                table: "clinic_settings");
        }
    }
}
