"""Public pages. Languages other than the default have a prefix."""

from django.urls import path

from reader.feeds import feed
from reader.views import articles, board, history, home, policy, questions, roles, search

app_name = "reader"
urlpatterns = [
    path("", home.home, name="home"),
    path("topics/", home.topics, name="topics"),
    path("topics/<slug:slug>/", home.topic, name="topic"),
    path("search/", search.results, name="search"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/history/", history.article_history, name="history"),
    path(
        "articles/<slug:slug>/history/<slug:audience>/<int:number>/",
        history.version,
        name="version",
    ),
    path("articles/<slug:slug>/<slug:audience>/", articles.article_for, name="article-for"),
    path("role/", roles.role, name="role"),
    path("editorial-policy/", policy.policy, name="policy"),
    path("editorial-policy/<int:number>/", policy.policy_version, name="policy-version"),
    path("advisory-board/", board.board, name="board"),
    path("questions/", questions.questions, name="questions"),
    path("questions/ask/", questions.ask, name="ask"),
    path("questions/thanks/", questions.thanks, name="question-thanks"),
    path("questions/queue/", questions.queue, name="question-queue"),
    path("questions/queue/<int:pk>/", questions.handle, name="question-handle"),
    path("feed/", feed, name="feed"),
]
