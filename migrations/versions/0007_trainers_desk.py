"""The trainer's desk: whom a trainer spoke to, what a learner shows, and what the trainer answers."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LINES = ("personal", "two_way", "about_them", "value", "next_step")
NOT_WITHDRAWN = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('trainer_id', sa.Integer(), nullable=True),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=280), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('snoozed', 'spoke')", name=op.f('ck_contact_kind')),
    sa.CheckConstraint('until >= day', name=op.f('ck_contact_until')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_contact_enrolment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['trainer_id'], ['person.id'], name=op.f('fk_contact_trainer_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_enrolment_id_day'), ['enrolment_id', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_trainer_id'), ['trainer_id'], unique=False)

    op.create_table('shared',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=True),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(entry_id IS NULL) <> (plan_id IS NULL)', name=op.f('ck_shared_one_thing')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_shared_enrolment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_shared_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_shared_plan_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shared'))
    )
    with op.batch_alter_table('shared', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shared_enrolment_id'), ['enrolment_id'], unique=False)
        for column in ('entry_id', 'plan_id'):
            batch_op.create_index(
                f'uq_shared_{column}', [column], unique=True, sqlite_where=NOT_WITHDRAWN, postgresql_where=NOT_WITHDRAWN
            )

    op.create_table('feedback',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shared_id', sa.Integer(), nullable=False),
    sa.Column('trainer_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    *(sa.Column(line, sa.Integer(), nullable=True) for line in LINES),
    sa.Column('rated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('comment', sa.String(length=1000), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    *(sa.CheckConstraint(f'{line} BETWEEN 0 AND 2', name=op.f(f'ck_feedback_{line}')) for line in LINES),
    sa.CheckConstraint(
        'rated_at IS NULL OR (personal IS NOT NULL AND two_way IS NOT NULL AND about_them IS NOT NULL '
        'AND value IS NOT NULL AND next_step IS NOT NULL)',
        name=op.f('ck_feedback_rated'),
    ),
    sa.ForeignKeyConstraint(['shared_id'], ['shared.id'], name=op.f('fk_feedback_shared_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['trainer_id'], ['person.id'], name=op.f('fk_feedback_trainer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
    sa.UniqueConstraint('shared_id', 'trainer_id', name=op.f('uq_feedback_shared_id_trainer_id'))
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_trainer_id'), ['trainer_id'], unique=False)


def downgrade() -> None:
    op.drop_table('feedback')
    op.drop_table('shared')
    op.drop_table('contact')
