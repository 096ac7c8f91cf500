"""Cohorts in full: their text, picture, meetings, pace and invitations; how places end, move and roll over."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('invite',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('domain', sa.String(length=253), nullable=False),
    sa.Column('cap', sa.Integer(), nullable=True),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('cap > 0', name=op.f('ck_invite_cap')),
    sa.CheckConstraint('used >= 0 AND (cap IS NULL OR used <= cap)', name=op.f('ck_invite_used')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_invite_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_invite_cohort_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invite')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invite_token_hash'))
    )
    with op.batch_alter_table('invite', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invite_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invite_cohort_id'), ['cohort_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=64), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('where', sa.String(length=200), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('minutes BETWEEN 5 AND 1440', name=op.f('ck_meeting_minutes')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_meeting_cohort_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('uid', name=op.f('uq_meeting_uid'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_cohort_id_starts_at'), ['cohort_id', 'starts_at'], unique=False)

    op.create_table('picture',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('alt', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_picture_cohort_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cohort_id', name=op.f('pk_picture'))
    )
    op.create_table('change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=12), nullable=False),
    sa.Column('why', sa.String(length=280), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("what IN ('imported', 'invited', 'moved', 'withdrawn', 'restored', 'rolled over')", name=op.f('ck_change_what')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_change_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_change_enrolment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change'))
    )
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_enrolment_id'), ['enrolment_id'], unique=False)

    op.create_table('pace_exception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=64), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=280), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_pace_exception_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_pace_exception_enrolment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pace_exception')),
    sa.UniqueConstraint('enrolment_id', 'what', name=op.f('uq_pace_exception_enrolment_id_what'))
    )
    with op.batch_alter_table('pace_exception', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pace_exception_author_id'), ['author_id'], unique=False)

    with op.batch_alter_table('cohort', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('links', sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column('offer_hours', sa.Integer(), nullable=False, server_default="48"))
        batch_op.add_column(sa.Column('shut_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('pace', sa.String(length=8), nullable=False, server_default="open"))
        batch_op.add_column(sa.Column('opens_on', sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column('late_pace', sa.String(length=8), nullable=False, server_default="onward"))
        batch_op.add_column(sa.Column('next_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column('edited_by_id', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_cohort_pace'), "pace IN ('open', 'weekly', 'dates')")
        batch_op.create_check_constraint(batch_op.f('ck_cohort_late_pace'), "late_pace IN ('onward', 'shifted')")
        batch_op.create_check_constraint(batch_op.f('ck_cohort_offer_hours'), 'offer_hours BETWEEN 1 AND 336')
        batch_op.create_check_constraint(batch_op.f('ck_cohort_next_is_another'), 'next_id <> id')
        batch_op.create_index(batch_op.f('ix_cohort_edited_by_id'), ['edited_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cohort_next_id'), ['next_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_cohort_next_id'), 'cohort', ['next_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_cohort_edited_by_id'), 'person', ['edited_by_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ending', sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column('rolls_over', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(batch_op.f('ck_enrolment_ending'), "ending IN ('left', 'lapsed', 'declined', 'withdrawn', 'rolled over')")
